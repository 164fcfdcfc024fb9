-- The small result that a job hands back: that of its last attempt that said one.
create table job_result (
    job     text collate "C" primary key references job (id) on delete cascade,
    attempt integer     not null,
    content text        not null check (octet_length(content) <= 65536),
    at      timestamptz not null
);
