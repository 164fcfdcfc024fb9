-- People for whom an identity provider vouches have sessions and no account here; "groups" is what it said of them at the beginning,
-- "sign_out" where they are sent to sign out there, too.
alter table person_session drop constraint person_session_account_fkey;
alter table person_session add column issuer text collate "C";
alter table person_session add column groups text[] not null default '{}';
alter table person_session add column sign_out text;
