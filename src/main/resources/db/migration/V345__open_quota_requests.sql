-- Each page says how many quota requests wait for an answer.
create index quota_request_open on quota_request (asked_at, id) where state = 'OPEN';
