-- Jobs that people use. used_at: their last use, to a few seconds; told_at: when their people were told that they end soon unless
-- somebody uses them, null again once somebody does.
create table interactive_session (
    job     text collate "C" primary key references job (id) on delete cascade,
    team    text        not null,
    owner   text        not null,
    used_at timestamptz,
    told_at timestamptz
);

create index interactive_session_owner on interactive_session (owner, team);
