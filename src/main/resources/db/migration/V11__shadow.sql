-- The policy that plans beside the one in force and touches nothing; none or one.
create table policy_shadow (
    id       integer primary key check (id = 1),
    "values" jsonb            not null,
    actor    text collate "C" not null,
    why      text             not null check (why <> ''),
    since    timestamptz      not null
);
