-- How many ready nodes each pool had, from then on; so that what happened can be simulated again. Rows are made when it changes, and
-- those that are older than the history is kept are deleted.
create table supply (
    pool  text collate "C" not null,
    at    timestamptz      not null,
    nodes integer          not null check (nodes >= 0),
    primary key (pool, at)
);
