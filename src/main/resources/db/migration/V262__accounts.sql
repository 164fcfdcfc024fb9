-- People who sign in by a password of this installation. The password is bcrypt's; null: none was chosen yet.
create table account (
    name        text collate "C" primary key,
    password    text,
    created_by  text        not null,
    created_at  timestamptz not null,
    password_at timestamptz
);

-- Links by which a password is chosen: each once, until it ends; here is the hash of what it holds.
create table account_link (
    hash       bytea primary key check (length(hash) = 32),
    account    text collate "C" not null references account (name) on delete cascade,
    expires_at timestamptz      not null
);

create table person_session (
    id         text collate "C" primary key,
    hash       bytea            not null unique check (length(hash) = 32),
    account    text collate "C" not null references account (name) on delete cascade,
    address    text,
    agent      text,
    created_at timestamptz      not null,
    expires_at timestamptz      not null
);
create index person_session_account on person_session (account, id);

-- Attempts that failed one after the other, by name ("name/ana", whether or not there is such an account) and by address.
create table sign_in_failure (
    key      text collate "C" primary key,
    failures integer     not null check (failures > 0),
    last_at  timestamptz not null
);
create index sign_in_failure_old on sign_in_failure (last_at);
