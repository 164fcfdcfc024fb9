package dev.muster.problem;

/** The stable code of a problem; its title is the same for every occurrence. The status is in {@link Problems}. */
public enum Code {
    MALFORMED("The body cannot be read"),
    UNKNOWN_FIELD("A field is not known"),
    INVALID_PARAMETER("A parameter or header has a bad value"),
    INVALID_PAGE_TOKEN("The page token does not belong to this list"),
    UNAUTHENTICATED("Who is asking is not known"),
    FORBIDDEN("This actor may not do that"),
    FOREIGN_ORIGIN("A page of another origin may not call"),
    NOT_FOUND("There is no such thing"),
    METHOD_NOT_ALLOWED("The path does not take this method"),
    NOT_ACCEPTABLE("No representation that is accepted"),
    INVALID_STATE("Not possible in the present state"),
    IN_USE("Others depend on it"),
    CONFLICT("It was changed at the same time"),
    ETAG_MISMATCH("It was changed since it was read"),
    TOO_LARGE("The body is too large"),
    UNSUPPORTED_MEDIA_TYPE("The body has a type that is not taken"),
    FOREIGN_HOST("The service is not reached by this host name"),
    VALIDATION("The request breaks a rule"),
    IDEMPOTENCY_KEY_REUSED("The idempotency key belongs to another request"),
    QUOTA_IMPOSSIBLE("It asks more than its queue may ever hold"),
    PLACEMENT_IMPOSSIBLE("No pool could ever take it"),
    LOCKED_FIELD("The field cannot be changed now"),
    ETAG_REQUIRED("The request must say which version it changes"),
    RUSH_SPENT("The jobs that may evict others are used up"),
    TOO_MANY_CALLS("Too many calls"),
    INTERNAL("The service failed"),
    DATABASE_UNAVAILABLE("The database cannot be reached"),
    CLUSTER_UNAVAILABLE("The cluster cannot be reached"),
    ISSUER_UNAVAILABLE("An identity provider cannot be reached");

    private final String title;

    Code(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }
}
