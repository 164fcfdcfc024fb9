package dev.muster.api.client;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.muster.api.Account;
import dev.muster.api.Change;
import dev.muster.api.Grant;
import dev.muster.api.IssuedToken;
import dev.muster.api.Page;
import dev.muster.api.PasswordChange;
import dev.muster.api.PersonSession;
import dev.muster.api.QuotaDecision;
import dev.muster.api.QuotaRequest;
import dev.muster.api.Whoami;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who may what: duties, tokens, and the record of changes. */
public final class Rights {
    private static final String GRANTS = "grants";
    private static final String TOKENS = "tokens";
    private static final String SESSIONS = "sessions";
    private static final String ACCOUNTS = "accounts";
    private static final String QUOTA_REQUESTS = "quotaRequests";
    private static final int LARGEST_PAGE = 1_000;

    private final Exchange exchange;

    Rights(Exchange exchange) {
        this.exchange = exchange;
    }

    /** Who the service takes the caller for. */
    public Whoami whoami() {
        return exchange.call("GET", Query.path("whoami")).as(Whoami.class);
    }

    public List<Grant> grants() {
        return all(GRANTS, new TypeReference<Page<Grant>>() {});
    }

    /** Gives a duty; nothing changes where it was given before. */
    public Grant give(Grant grant) {
        return exchange.call("POST", Query.path(GRANTS))
                .body(grant)
                .repeatable()
                .as(Grant.class);
    }

    public void take(String subject, String duty, String scope) {
        exchange.call(
                        "DELETE",
                        Query.path(GRANTS)
                                .with("subject", subject)
                                .with("duty", duty)
                                .with("scope", scope))
                .done();
    }

    /** One's own; an operator's: all. */
    public List<IssuedToken> tokens() {
        return all(TOKENS, new TypeReference<Page<IssuedToken>>() {});
    }

    /** Its text is in the answer, and nowhere else ever. */
    public IssuedToken issue(IssuedToken token) {
        return exchange.call("POST", Query.path(TOKENS)).body(token).as(IssuedToken.class);
    }

    public void revoke(String id) {
        exchange.call("DELETE", Query.path(TOKENS, id)).done();
    }

    public List<Account> accounts() {
        return all(ACCOUNTS, new TypeReference<Page<Account>>() {});
    }

    /** Makes it where it is not there; in any case a link to choose its password, in the answer. */
    public Account invite(Account account) {
        return exchange.call("POST", Query.path(ACCOUNTS)).body(account).as(Account.class);
    }

    public void removeAccount(String name) {
        exchange.call("DELETE", Query.path(ACCOUNTS, name)).done();
    }

    /** Browsers in which somebody is signed in by password: one's own; an operator's: all. */
    public List<PersonSession> sessions() {
        return all(SESSIONS, new TypeReference<Page<PersonSession>>() {});
    }

    public void endSession(String id) {
        exchange.call("DELETE", Query.path(SESSIONS, id)).done();
    }

    /** One's own; all sessions of the account end. */
    public void choosePassword(String name, PasswordChange change) {
        exchange.call("PUT", Query.path(ACCOUNTS, name, "password"))
                .body(change)
                .done();
    }

    /** Newest first. */
    public List<QuotaRequest> quotaRequests() {
        return exchange.call("GET", Query.path(QUOTA_REQUESTS))
                .<Page<QuotaRequest>>as(Exchange.mapper().constructType(new TypeReference<Page<QuotaRequest>>() {}))
                .items();
    }

    public QuotaRequest askQuota(QuotaRequest request) {
        return exchange.call("POST", Query.path(QUOTA_REQUESTS)).body(request).as(QuotaRequest.class);
    }

    public QuotaRequest quotaRequest(String id) {
        return exchange.call("GET", Query.path(QUOTA_REQUESTS, id)).as(QuotaRequest.class);
    }

    /** As it was asked, but for the amounts and the time that the decision names. */
    public QuotaRequest grantQuota(String id, QuotaDecision decision) {
        return answerQuota(id, "grant", decision);
    }

    /** What granting it would do to jobs: the answer has a preview, and nothing is granted. */
    public QuotaRequest tryQuota(String id, QuotaDecision decision) {
        return exchange.call(
                        "POST", Query.path(QUOTA_REQUESTS, id).verb("grant").with("validateOnly", true))
                .body(decision)
                .as(QuotaRequest.class);
    }

    public QuotaRequest declineQuota(String id, String why) {
        return answerQuota(id, "decline", QuotaDecision.because(why));
    }

    /** By the team that asked. */
    public QuotaRequest withdrawQuota(String id) {
        return answerQuota(id, "withdraw", QuotaDecision.because(null));
    }

    /** What was granted, before its time. */
    public QuotaRequest endQuota(String id, String why) {
        return answerQuota(id, "end", QuotaDecision.because(why));
    }

    private QuotaRequest answerQuota(String id, String verb, QuotaDecision decision) {
        return exchange.call("POST", Query.path(QUOTA_REQUESTS, id).verb(verb))
                .body(decision)
                .as(QuotaRequest.class);
    }

    /** Changes, newest first, at most {@code most}. */
    public List<Change> changes(
            @Nullable String actor,
            @Nullable String team,
            @Nullable String type,
            @Nullable String name,
            @Nullable String from,
            @Nullable String to,
            int most) {
        Query path = Query.path("audit")
                .with("actor", actor)
                .with("team", team)
                .with("type", type)
                .with("name", name)
                .with("from", from)
                .with("to", to)
                .with("pageSize", most);
        return exchange.call("GET", path)
                .<Page<Change>>as(Exchange.mapper().constructType(new TypeReference<Page<Change>>() {}))
                .items();
    }

    private <T> List<T> all(String path, TypeReference<Page<T>> type) {
        List<T> all = new ArrayList<>();
        String next = null;
        do {
            Page<T> page = exchange.call(
                            "GET",
                            Query.path(path).with("pageSize", LARGEST_PAGE).with("pageToken", next))
                    .as(Exchange.mapper().constructType(type));
            all.addAll(page.items());
            next = page.nextPageToken();
        } while (next != null);
        return all;
    }
}
