-- What the event belongs to, so that attempts are found where the request is that began it; null before this version.
ALTER TABLE message
  ADD trace_parent text,
  ADD request_id   text COLLATE "C";
