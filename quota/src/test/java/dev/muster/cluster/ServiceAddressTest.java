package dev.muster.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServiceAddressTest {
    @Test
    void an_address_is_that_of_the_moment_when_it_is_asked_for() {
        String told = ServiceAddress.LATER + "/handouts/01a-1/sig/app.jar";
        assertThat(ServiceAddress.now(told, "http://127.0.0.1:8081"))
                .isEqualTo("http://127.0.0.1:8081/handouts/01a-1/sig/app.jar");
    }

    @Test
    void what_is_no_address_of_the_service_stays() {
        for (String text :
                new String[] {"", "http://example.org/x", ServiceAddress.LATER, ServiceAddress.LATER + "x/y"}) {
            assertThat(ServiceAddress.now(text, "http://127.0.0.1:1")).isEqualTo(text);
        }
    }
}
