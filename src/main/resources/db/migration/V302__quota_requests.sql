-- What team admins asked for their queues, and what became of it. A row that is GRANTED with an end is in force beside the queue's own
-- amounts, until the service has ended it: everybody reads the same at the same moment.
create table quota_request (
    id       text collate "C" primary key,
    queue    text collate "C" not null,
    state    text collate "C" not null,
    ends_at  timestamptz,
    asked_at timestamptz      not null,
    body     jsonb            not null
);
create index quota_request_asked on quota_request (asked_at desc, id);
create index quota_request_in_force on quota_request (ends_at) where state = 'GRANTED' and ends_at is not null;
