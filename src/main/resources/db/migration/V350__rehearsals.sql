-- What other policies would have done with the recorded load. A row is whole in its body; state, progress and the last sign of life of
-- whoever computes it are beside it, so that every replica can tell them and take it back.
create table rehearsal (
    id       text collate "C" primary key,
    state    text collate "C" not null,
    asked_at timestamptz      not null,
    done     integer          not null default 0,
    seen_at  timestamptz,
    body     jsonb            not null
);
create index rehearsal_asked on rehearsal (asked_at desc, id);
-- One at a time, whoever asks where.
create unique index rehearsal_open on rehearsal ((true)) where state in ('WAITING', 'RUNNING');
