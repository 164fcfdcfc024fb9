package dev.muster.ui;

import io.quarkus.qute.EngineBuilder;
import io.quarkus.qute.TemplateExtension;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Every page knows the time zone of who looks, so that each time on it is in that one. */
@Singleton
public class TimesOfPages {
    static final String ZONE = "zone";

    void configure(@Observes EngineBuilder builder, Zones zones) {
        builder.addTemplateInstanceInitializer(page -> page.setAttribute(ZONE, zones.ofTheViewer()));
    }

    /** {@code moment.there}: short, in the zone of who looks. */
    @TemplateExtension
    static String there(Moment moment, @TemplateExtension.TemplateAttribute(ZONE) Object zone) {
        return moment.brief(zone instanceof ZoneId id ? id : ZoneOffset.UTC);
    }
}
