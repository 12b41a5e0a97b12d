-- Up to which day each workspace was charged, so that missed days are found without reading its stream. It may be behind:
-- a day that was charged already is not charged again.
create table provisioner.charged_workspace (
    workspace_id    text collate "C" primary key,
    charged_through date             not null
);

-- Workspaces whose credits have run out and whose nodes are stopped once their grace is over, as their streams say it.
create table provisioner.overdue_workspace (
    workspace_id  text collate "C" primary key,
    grace_ends_at timestamptz      not null
);
