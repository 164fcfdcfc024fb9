-- Whose objects in a cluster are ours: one row, made with the database and never changed.
create table installation (
    id text not null,
    one boolean not null default true primary key check (one)
);
insert into installation (id) values ('muster-' || substr(md5(gen_random_uuid()::text), 1, 10));
