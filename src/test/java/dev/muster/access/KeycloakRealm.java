package dev.muster.access;

/** What tests need in Keycloak: people in groups, and a client for each way to sign in. */
final class KeycloakRealm {
    static final String PASSWORD = "four words are enough";
    /** So long is a token of the client {@code short-lived} good, in seconds. */
    static final int SHORT = 5;

    private static final String GROUPS =
            "{'name':'groups','protocol':'openid-connect','protocolMapper':'oidc-group-membership-mapper',"
                    + "'config':{'claim.name':'groups','full.path':'true','id.token.claim':'true','access.token.claim':'true'}}";
    private static final String AUDIENCE =
            "{'name':'audience','protocol':'openid-connect','protocolMapper':'oidc-audience-mapper',"
                    + "'config':{'included.custom.audience':'muster','access.token.claim':'true'}}";

    private KeycloakRealm() {}

    /** {@code service}: where it is, without a slash at the end. */
    static String json(String name, String service) {
        return """
                {'realm':'%1$s','enabled':true,'sslRequired':'none','groups':[{'name':'dev'},{'name':'audit'}],
                 'users':[%3$s,%4$s,%5$s],
                 'clients':[
                   {'clientId':'muster-pages','secret':'of the pages','redirectUris':['%2$s/*'],
                    'attributes':{'post.logout.redirect.uris':'+','pkce.code.challenge.method':'S256',
                      'backchannel.logout.url':'%2$s/sign-in/with/keycloak/out','backchannel.logout.session.required':'true'},
                    'protocolMappers':[%6$s]},
                   {'clientId':'muster-command','publicClient':true,'standardFlowEnabled':false,
                    'attributes':{'oauth2.device.authorization.grant.enabled':'true','access.token.lifespan':'20'},
                    'protocolMappers':[%6$s,%7$s]},
                   {'clientId':'direct','publicClient':true,'directAccessGrantsEnabled':true,'protocolMappers':[%6$s,%7$s]},
                   {'clientId':'short-lived','publicClient':true,'directAccessGrantsEnabled':true,
                    'attributes':{'access.token.lifespan':'%8$d'},'protocolMappers':[%6$s,%7$s]},
                   {'clientId':'another-service','publicClient':true,'directAccessGrantsEnabled':true}]}
                """.formatted(
                        name,
                        service,
                        person("ana", "'/dev','/audit'"),
                        person("bo", "'/dev'"),
                        person("cy", ""),
                        GROUPS,
                        AUDIENCE,
                        SHORT)
                .replace('\'', '"');
    }

    private static String person(String name, String groups) {
        return """
                {'username':'%1$s','enabled':true,'email':'%1$s@example.com','emailVerified':true,'firstName':'%1$s',
                 'lastName':'Lim','credentials':[{'type':'password','value':'%2$s'}],'groups':[%3$s]}""".formatted(name, PASSWORD, groups);
    }
}
