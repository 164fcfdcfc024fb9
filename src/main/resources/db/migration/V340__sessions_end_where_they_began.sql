-- As the identity provider names the session and the person: it says by these that somebody has signed out there.
alter table person_session add column issuer_session text collate "C";
alter table person_session add column issuer_subject text collate "C";
create index person_session_issuer_subject on person_session (issuer, issuer_subject) where issuer is not null;
