-- Who was given which duty for which scope ("*", "team/NAME", "queue/NAME"); without references: a team or queue that is made
-- again under the same name is for an administrator to look at, and shows up in the list either way.
create table duty_grant (
    subject    text collate "C" not null,
    duty       text collate "C" not null,
    scope      text collate "C" not null,
    granted_by text             not null,
    granted_at timestamptz      not null,
    why        text,
    primary key (subject, duty, scope)
);
create index duty_grant_scope on duty_grant (scope);

-- What people and services call with. The text itself is kept by whoever got it: here is its SHA-256, which is enough for what has 256
-- random bits. Rows stay when a token ends, so that the record can be read.
create table issued_token (
    id           text collate "C" primary key,
    hash         bytea            not null unique check (length(hash) = 32),
    subject      text collate "C" not null,
    label        text             not null,
    narrowing    text collate "C" not null,
    created_by   text             not null,
    created_at   timestamptz      not null,
    expires_at   timestamptz      not null,
    revoked_at   timestamptz,
    revoked_by   text,
    last_used_at timestamptz
);
create index issued_token_subject on issued_token (subject, id);
