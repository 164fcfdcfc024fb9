package dev.muster.ui;

import dev.muster.api.Problem;
import dev.muster.problem.MusterException;
import dev.muster.problem.ProblemMapper;
import dev.muster.problem.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/** Answers what goes wrong on a page with a page; the same problem that the API would tell. */
@ApplicationScoped
class PageProblems {
    private static final Logger LOG = Logger.getLogger(PageProblems.class);

    private final Frames frames;

    PageProblems(Frames frames) {
        this.frames = frames;
    }

    Response page(Throwable thrown, UriInfo uri) {
        String traceId = (String) MDC.get(ProblemMapper.TRACE_ID);
        MusterException expected = Problems.expected(thrown).orElse(null);
        if (expected == null) {
            LOG.errorf(thrown, "Unexpected failure of a page, trace %s", traceId);
        }
        Problem problem =
                Problems.problem(expected == null ? Problems.internal(traceId) : expected, uri.getPath(), traceId);
        ProblemPage page = new ProblemPage(
                frames.still(problem.title()),
                problem.status(),
                problem.title(),
                problem.detail(),
                problem.hints() == null ? List.of() : problem.hints());
        Response.ResponseBuilder response = Response.status(problem.status())
                .type(MediaType.TEXT_HTML_TYPE)
                .entity(Templates.problem(page).render());
        if (problem.retryAfterSeconds() != null) {
            response.header("Retry-After", problem.retryAfterSeconds());
        }
        return response.build();
    }
}
