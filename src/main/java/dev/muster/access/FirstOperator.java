package dev.muster.access;

import dev.muster.Settings;
import dev.muster.postgres.GrantStore;
import dev.muster.rights.Account;
import dev.muster.rights.Duty;
import dev.muster.rights.GivenGrant;
import dev.muster.rights.Grant;
import dev.muster.rights.Scope;
import dev.muster.rights.Subject;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Tells at the start how the first person gets in, as long as there is none: by a link that works once where a setting names them,
 * else by the command that makes one.
 */
@ApplicationScoped
public class FirstOperator {
    private static final Logger LOG = Logger.getLogger(FirstOperator.class);
    private static final String HERE = "muster";

    private final Settings settings;
    private final Accounts accounts;
    private final GrantStore grants;
    private final InstantSource clock = InstantSource.system();

    FirstOperator(Settings settings, Accounts accounts, GrantStore grants) {
        this.settings = settings;
        this.accounts = accounts;
        this.grants = grants;
    }

    /** {@code url}: where this service is reached. */
    @Transactional
    public void tell(String url) {
        List<Account> known = accounts.all();
        boolean isAnybodyIn = known.stream().anyMatch(account -> account.passwordAt() != null);
        String name = settings.access().firstOperator().orElse(null);
        if (isAnybodyIn || (name == null && !known.isEmpty())) {
            return;
        }
        if (name == null) {
            if (grants.holders(Duty.OPERATOR) == 0) {
                LOG.info(
                        "Nobody has an account yet. The first operator: muster account create NAME && muster grants give NAME operator '*'");
            }
            return;
        }
        Subject subject = new Subject(Subject.Kind.PERSON, name);
        Grant grant = new Grant(subject, Duty.OPERATOR, Scope.EVERYTHING);
        if (grants.holders(Duty.OPERATOR) > 0 && grants.find(grant) == null) {
            return;
        }
        grants.give(new GivenGrant(grant, HERE, clock.instant(), "muster.access.first-operator"));
        Accounts.Link link = accounts.invite(subject, HERE);
        LOG.warnf(
                "The first operator, %s, chooses a password here, once, until %s: %s%s?link=%s",
                name, link.expiresAt(), url, Gate.SIGN_IN, link.text());
    }
}
