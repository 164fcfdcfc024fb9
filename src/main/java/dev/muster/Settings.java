package dev.muster;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Everything that an operator may turn. Keys start with "muster."; each may also be an environment variable MUSTER_…. */
@ConfigMapping(prefix = "muster")
public interface Settings {
    /** The directory that holds what must survive: the database, the cluster's journal, the token. */
    @WithDefault(".muster")
    Path data();

    /** Where jobs are kept: in a PostgreSQL that the service starts itself, or in one given by quarkus.datasource. */
    @WithDefault("EMBEDDED")
    Database database();

    /** The PostgreSQL that the service starts itself. */
    Embedded embedded();

    /** See {@link Settings#database}. */
    enum Database {
        EMBEDDED,
        EXTERNAL
    }

    /** Who may call, and by which name. */
    Access access();

    /** See {@link Settings#access}. */
    interface Access {
        /** Names by which the service is reached beside 127.0.0.1, localhost and [::1]; without a port: on any. */
        Optional<List<String>> hosts();

        /** A file with the token, for several replicas that share one; without it each data directory has its own. */
        Optional<Path> tokenFile();

        /** Origins whose pages may call, such as https://console.example.com; the service's own always may. */
        Optional<List<String>> origins();

        /** Who becomes the first operator: their link to choose a password is in the log of the start, as long as nobody has one. */
        Optional<String> firstOperator();

        /** Whom somebody asks who holds no duty yet, as they are told, such as platform@example.com; without it an operator or a team's admin. */
        Optional<String> dutiesFrom();

        /** How often somebody may call. */
        Rate rate();

        /** Pods of teams that come with a token of their service account. */
        ServiceAccounts serviceAccounts();

        /** Identity providers (OpenID Connect) whose people are let in, by a name of a-z, 0-9, '-'. */
        Map<String, Issuer> issuers();
    }

    /** See {@link Access#rate}. Bursts may be ten seconds' worth, of attempts to sign in a minute's. 0: at any time. */
    interface Rate {
        /** Of each person or service; the installation's own token is not counted. */
        @WithDefault("200")
        int callsPerSecond();

        /** From each address, of who is not known, or came with what is not good. */
        @WithDefault("20")
        int strangersPerSecond();

        /** From each address: names and passwords, links. */
        @WithDefault("30")
        int signInsPerMinute();
    }

    /** See {@link Access#serviceAccounts}. */
    interface ServiceAccounts {
        /** Whether they are let in, by asking the API server whose a token is; without it where the cluster is KUBERNETES. */
        Optional<Boolean> enabled();

        /** For whom a token must be meant. */
        @WithDefault("muster")
        String audience();
    }

    /** An identity provider. See docs/rights.md. */
    interface Issuer {
        /** Its address as its tokens name it; below it is .well-known/openid-configuration. */
        URI url();

        /** What people see on the button; without it the name. */
        Optional<String> label();

        /** As which client people sign in to the pages; without it they cannot. */
        Optional<String> clientId();

        /** The secret of that client; better in a file. */
        Optional<String> secret();

        /** A file with the secret of that client. */
        Optional<Path> secretFile();

        /** As which client, without a secret, the command signs in; without it it cannot. */
        Optional<String> commandClientId();

        /** What is asked for beside 'openid' where people sign in, such as profile. */
        Optional<List<String>> scopes();

        /** For whom its tokens must be meant to be taken as bearer tokens: one of these. */
        @WithDefault("muster")
        List<String> audience();

        /** The claim that names somebody, taken in small letters. */
        @WithDefault("preferred_username")
        String userClaim();

        /** What is put before that, so that nobody of here is meant by somebody's name there, such as 'corp.'. */
        Optional<String> prefix();

        /** The claim with the groups; '/' leads into it (realm_access/roles). */
        @WithDefault("groups")
        String groupsClaim();

        /** What groups give: lines GROUP=DUTY SCOPE, such as vision-dev=submitter team/vision. */
        Optional<List<String>> duties();

        /** How long a session of the pages lasts; what groups give is asked for at its beginning. */
        @WithDefault("8h")
        Duration session();
    }

    /** Real time, or a virtual one that moves from event to event when it is told to run. */
    @WithDefault("REAL")
    ClockMode clock();

    /** See {@link Settings#clock}. */
    enum ClockMode {
        REAL,
        VIRTUAL
    }

    /** Where the virtual clock starts. */
    @WithDefault("2026-01-01T00:00:00Z")
    Instant clockStart();

    /** What is remembered of the past. */
    History history();

    /** See {@link Settings#history}. */
    interface History {
        /** How long it is kept how many nodes each pool had, for recordings. */
        @WithDefault("30d")
        Duration keep();

        /** How long jobs are kept after their end, whatever they say themselves; without it until somebody, or their ttlAfterFinished, deletes them. */
        Optional<Duration> jobs();

        /** How long events are kept, but for those of jobs that have not ended; at least 1h; without it for ever. */
        Optional<Duration> events();
    }

    /** Where each job is shown elsewhere, by name: an address with {{job.id}}, {{job.name}}, {{job.attempt}}, {{team}}, {{queue}}, {{label.KEY}}, {{started}}, {{spark.app}}, … */
    Map<String, String> links();

    /** The same while a job runs, in the place of the one of that name. */
    Map<String, String> liveLinks();

    /** Spark applications. */
    Spark spark();

    /** See {@link Settings#spark}. */
    interface Spark {
        /** The directory of event logs, such as s3a://bucket/events, of applications that say nothing of spark.eventLog; without it Spark writes none. */
        Optional<String> eventLogs();
    }

    /** Addresses that are told of jobs' moves. */
    Callbacks callbacks();

    /** See {@link Settings#callbacks}. */
    interface Callbacks {
        /** Hosts that may be told, with everything below them; without it any but those of the machine's own network. */
        Optional<List<String>> hosts();
    }

    /** The output of pods. */
    Logs logs();

    /** See {@link Settings#logs}. */
    interface Logs {
        /** Whether it is kept before pods vanish; without it where the cluster is KUBERNETES. */
        Optional<Boolean> archive();

        /** Where it is kept; several replicas need a volume that they share. Without it, in the data directory. */
        Optional<Path> directory();

        /** Most bytes of one pod that are kept; where it writes more that is said at the end. */
        @WithDefault("67108864")
        long mostBytes();

        /** How long it is kept after its last byte; that of a job that is deleted goes with it. */
        @WithDefault("30d")
        Duration keep();

        /** A bucket to which output goes once it is whole, and where it is read then. */
        S3 s3();
    }

    /** Anything that speaks the API of S3. */
    interface S3 {
        /** Such as https://s3.eu-central-1.amazonaws.com, without the bucket; without it there is no bucket. */
        Optional<URI> endpoint();

        /** Its name. */
        Optional<String> bucket();

        /** How the names of its objects begin. */
        @WithDefault("muster/")
        String prefix();

        /** Part of each signature; servers other than Amazon's mostly take this one. */
        @WithDefault("us-east-1")
        String region();

        /** Who asks, best by the environment: MUSTER_LOGS_S3_ACCESS_KEY. */
        Optional<String> accessKey();

        /** His secret: MUSTER_LOGS_S3_SECRET_KEY. */
        Optional<String> secretKey();

        /** With credentials that are good for a time. */
        Optional<String> sessionToken();
    }

    /** Files that jobs bring along. */
    Artifacts artifacts();

    /** See {@link Settings#artifacts}. */
    interface Artifacts {
        /** Most bytes of one, at most 2G. */
        @WithDefault("256M")
        MemorySize mostBytes();

        /** Most bytes of all that one team keeps. */
        @WithDefault("4G")
        MemorySize teamBytes();

        /** Where pods reach the service, such as http://muster.muster.svc:8080; without it jobs on KUBERNETES can bring nothing along. */
        Optional<String> url();

        /** What fetches them on KUBERNETES before a pod begins: an image with a shell, curl and sha256sum. */
        @WithDefault("curlimages/curl:8.11.1")
        String fetchImage();

        /** How long one is kept after it was used last, and after the end of the last job that names it. */
        @WithDefault("14d")
        Duration keep();
    }

    /** The loop that plans. */
    Cycle cycle();

    /** See {@link Settings#cycle}. */
    interface Cycle {
        /** Whether this replica plans where it leads; one that does not only answers. */
        @WithDefault("true")
        boolean enabled();

        /** The longest time between two looks at what changed. */
        @WithDefault("1s")
        Duration every();

        /** The shortest time between the beginnings of two cycles, however much changes. */
        @WithDefault("200ms")
        Duration pause();

        /** How often every live attempt is looked at, whatever the cluster has told of it. */
        @WithDefault("30s")
        Duration check();

        /** Most gangs that this replica launches in one cycle, where that is less than the policy's maxLaunches. */
        OptionalInt maxLaunches();
    }

    /** Where gangs run: in the simulated cluster, or on Kubernetes with Volcano. */
    @WithDefault("SIMULATED")
    ClusterKind cluster();

    /** See {@link Settings#cluster}. */
    enum ClusterKind {
        SIMULATED,
        KUBERNETES
    }

    /** The cluster where {@code muster.cluster} is KUBERNETES. */
    Kubernetes kubernetes();

    /** See {@link Settings#kubernetes}. */
    interface Kubernetes {
        /** A kubeconfig file; without it the service account of the pod, else what kubectl would take. */
        Optional<Path> kubeconfig();

        /** Marks what this installation makes; it touches nothing else. Without it the id that the database was given. */
        Optional<String> installation();

        /** The scheduler of all pods. */
        @WithDefault("volcano")
        String scheduler();

        /** The image of pods whose role names none; without it such a role is refused. */
        Optional<String> image();

        /** The image of placeholders, which ask for nodes and do nothing. */
        @WithDefault("registry.k8s.io/pause:3.10")
        String placeholderImage();

        /** How long its autoscaler lets a node stand idle, where its deployment cannot be read: longer, and something keeps it. */
        @WithDefault("10m")
        Duration idleNodesGoAfter();

        /** Most writes that are under way at once. */
        @WithDefault("16")
        int connections();
    }

    /** What the API server asks about what is created past Muster; only where {@code muster.cluster} is KUBERNETES. */
    Webhook webhook();

    /** See {@link Settings#webhook}. */
    interface Webhook {
        /** Whether it is served, and what is created past Muster becomes jobs. */
        @WithDefault("false")
        boolean enabled();

        /** Where it listens. */
        @WithDefault("0.0.0.0")
        String host();

        /** The port, with TLS; nothing else is served there. */
        @WithDefault("9443")
        int port();

        /** The namespace of the service and of the Secret. */
        @WithDefault("muster")
        String namespace();

        /** The Service by which API servers reach it. */
        @WithDefault("muster-webhook")
        String service();

        /** The Secret in which all replicas keep their certificates. */
        @WithDefault("muster-webhook-certificates")
        String secret();

        /** The name of both webhook configurations, into which the authorities are written. */
        @WithDefault("muster")
        String configurations();

        /** A directory with tls.crt and tls.key that others keep, such as cert-manager; without it Muster makes its own. */
        Optional<Path> certificates();

        /** By which names Muster itself is known to the API server. */
        @WithDefault("system:serviceaccount:muster:muster")
        List<String> users();

        /** Controllers that make pods for what was looked at; without it those of Kubernetes and Volcano. */
        Optional<List<String>> controllers();
    }

    /** Volcano, where the cluster is Kubernetes. */
    Volcano volcano();

    /** See {@link Settings#volcano}. */
    interface Volcano {
        /** The namespace that it runs in. */
        @WithDefault("volcano-system")
        String namespace();

        /** The ConfigMap of its scheduler. */
        @WithDefault("volcano-scheduler-configmap")
        String configMap();

        /** The key in it that the scheduler reads. */
        @WithDefault("volcano-scheduler.conf")
        String key();
    }

    /** Commands that run on this machine. */
    LocalProcesses localProcesses();

    /** See {@link Settings#localProcesses}. */
    interface LocalProcesses {
        /** Pools may run the commands of their pods as processes of the service's own user. */
        @WithDefault("false")
        boolean allowed();
    }

    /** What the cluster has and nobody wants. */
    Sweep sweep();

    /** See {@link Settings#sweep}. */
    interface Sweep {
        /** Most ended attempts that are removed at once; without it five, or one in a hundred where that is more. */
        OptionalInt atMost();
    }

    /** What a policy would have done with the recorded load. */
    Rehearsals rehearsals();

    /** See {@link Settings#rehearsals}. */
    interface Rehearsals {
        /** Most that one takes of a processor, from 0.01 to 1: with less it takes longer and is felt less. */
        @WithDefault("0.5")
        double processor();
    }

    /** A test instrument: how far the real clock of this service is ahead of the machine's. */
    @WithDefault("0s")
    Duration clockOffset();

    /** A test instrument: the point at which the process halts, see docs/testing.md. */
    Optional<String> faultAt();

    /** See {@link Settings#embedded}. */
    interface Embedded {
        /** Whether it keeps its data. A throwaway one is faster and is deleted at the end; for replays and tests. */
        @WithDefault("true")
        boolean durable();

        /** How long a database that died is left alone before it is started again. */
        @WithDefault("200ms")
        Duration restartAfter();
    }
}
