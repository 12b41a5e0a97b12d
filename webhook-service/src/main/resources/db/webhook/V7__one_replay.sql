-- An endpoint has one replay in the queue: each may be the whole history. The first one that was asked for stays.
DELETE FROM replay later USING replay first WHERE later.endpoint_id = first.endpoint_id AND later.id > first.id;
CREATE UNIQUE INDEX ON replay (endpoint_id);
