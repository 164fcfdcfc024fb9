package dev.muster.rights;

import org.jspecify.annotations.Nullable;

/**
 * A session as the identity provider knows it that vouches for it: whose it is by its own name for them ({@code sub}), the session's
 * own name where it gives one ({@code sid}), and where somebody is sent who signs out, to sign out there, too.
 */
public record IssuerSession(
        String subject, @Nullable String session, @Nullable String signOut) {}
