package dev.muster.ui;

import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.NamespaceResolver;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.TemplateLocator;
import io.quarkus.qute.UserTagSectionHelper;
import io.quarkus.qute.ValueResolver;
import io.quarkus.qute.Variant;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Draws a page as the service does, without the service. */
final class Drawing {
    private static final Engine ENGINE = engine();

    private Drawing() {}

    static String draw(String template, Object page) {
        return ENGINE.getTemplate("ui/" + template).data("page", page).render();
    }

    /** For somebody who has chosen the zone. */
    static String draw(String template, Object page, ZoneId zone) {
        return ENGINE.getTemplate("ui/" + template)
                .data("page", page)
                .setAttribute(TimesOfPages.ZONE, zone)
                .render();
    }

    private static Engine engine() {
        var builder = Engine.builder()
                .addDefaults()
                .addValueResolver(new ReflectionValueResolver())
                .addValueResolver(ValueResolver.builder()
                        .applyToBaseClass(Moment.class)
                        .applyToName("there")
                        .resolveSync(context ->
                                TimesOfPages.there((Moment) context.getBase(), context.getAttribute(TimesOfPages.ZONE)))
                        .build())
                .addNamespaceResolver(NamespaceResolver.builder("asset")
                        .resolve(context -> switch (context.getName()) {
                            case "sheet" -> Assets.sheet();
                            case "live" -> Assets.live();
                            case "theme" -> Assets.theme();
                            default -> Assets.icons();
                        })
                        .build())
                .addResultMapper(new HtmlEscaper(List.of("text/html")))
                .addLocator(Drawing::locate);
        for (String tag : List.of("icon", "state", "moment", "bar", "copy")) {
            builder.addSectionHelper(new UserTagSectionHelper.Factory(tag, "tags/" + tag));
        }
        return builder.build();
    }

    private static Optional<TemplateLocator.TemplateLocation> locate(String id) {
        String path = "/templates/" + id + ".html";
        try (InputStream file = Drawing.class.getResourceAsStream(path)) {
            if (file == null) {
                return Optional.empty();
            }
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return Optional.of(new TemplateLocator.TemplateLocation() {
                @Override
                public Reader read() {
                    return new java.io.StringReader(text);
                }

                @Override
                public Optional<Variant> getVariant() {
                    return Optional.of(Variant.forContentType(Variant.TEXT_HTML));
                }
            });
        } catch (IOException e) {
            throw new IllegalStateException("Cannot read " + path, e);
        }
    }
}
