package dev.muster.ui;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who has which duty for what. {@code scope} and {@code who} are what is shown, empty: all that who looks may see; {@code duties} are
 * those that they may give, none: no form; {@code groups} are what groups of identity providers give.
 */
public record MembersPage(
        Frame frame,
        String scope,
        String who,
        List<Scope> scopes,
        List<Line> lines,
        boolean more,
        List<Group> groups,
        List<String> duties,
        Form form,
        List<String> faults) {
    /** What duties are held for, with how many are. */
    public record Scope(String scope, int count, boolean on) {
        public String href() {
            return "/ui/members?scope=" + scope;
        }

        public String word() {
            return MembersPage.word(scope);
        }
    }

    /** A duty of somebody. */
    public record Line(
            String subject,
            String duty,
            String scope,
            @Nullable String by,
            @Nullable Moment at,
            @Nullable String why,
            boolean mayTake) {
        public String word() {
            return MembersPage.word(scope);
        }

        public String dutyWord() {
            return ReasonLine.words(duty);
        }

        /** Of a service, not of a person. */
        public boolean isService() {
            return subject.startsWith("service/");
        }
    }

    /** What whoever is in a group of an identity provider has; changed by who runs the service. */
    public record Group(String issuer, String group, String duty, String scope) {
        public String word() {
            return MembersPage.word(scope);
        }

        public String dutyWord() {
            return ReasonLine.words(duty);
        }
    }

    /** What is in the fields. */
    public record Form(String subject, String duty, String scope, String why) {}

    /** {@code team/vision} is read "team vision". */
    static String word(String scope) {
        return scope.equals("*") ? "everything" : scope.replace('/', ' ');
    }
}
