package dev.muster.web;

import dev.muster.access.Asks;
import dev.muster.access.Caller;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.api.Consolidation;
import dev.muster.api.ConsolidationOrder;
import dev.muster.problem.Fault;
import dev.muster.problem.MusterException;
import dev.muster.quota.consolidation.Proposal;
import dev.muster.report.Consolidations;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Nodes that could be emptied: what it would cost and gain, and the word to do it. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "packing")
public class ConsolidationResource {
    private static final double SECONDS = 3600;

    private final Consolidations consolidations;
    private final Caller caller;

    ConsolidationResource(Consolidations consolidations, Caller caller) {
        this.consolidations = consolidations;
        this.caller = caller;
    }

    @GET
    @Path("consolidation")
    @Asks(value = Verb.READ, of = Resource.Kind.PLANNER)
    public Consolidation proposals() {
        Consolidations.Offer offer = offer();
        return view(offer, offer.proposals());
    }

    /** Answers with what the next cycle looks at; proposals that do not hold any more by then are left. */
    @POST
    @Path("consolidation:apply")
    @Consumes(MediaType.APPLICATION_JSON)
    @Asks(value = Verb.PUT, of = Resource.Kind.POLICY)
    public Consolidation apply(
            @RequestBody(
                            required = true,
                            content = @Content(schema = @Schema(implementation = ConsolidationOrder.class)))
                    Body<ConsolidationOrder> body) {
        String why = PolicyEdits.reason(body.value().why());
        Consolidations.Offer offer = offer();
        List<Proposal> chosen = chosen(offer, body.value().nodes());
        if (chosen.size() > offer.left()) {
            throw MusterException.invalid(new Fault(
                    "/nodes",
                    Fault.Kind.BAD_VALUE,
                    "%d nodes: expected at most %d in this hour, of the %d that the policy lets be emptied"
                            .formatted(
                                    chosen.size(), offer.left(), offer.rules().perHour()),
                    "Name fewer nodes, wait, or raise consolidation.perHour of the policy"));
        }
        consolidations.order(chosen, caller.actor().name(), why);
        return view(offer, chosen);
    }

    private Consolidations.Offer offer() {
        return consolidations.offer().orElseThrow(MusterException::notPlannedYet);
    }

    private static List<Proposal> chosen(Consolidations.Offer offer, @Nullable List<@Nullable String> nodes) {
        if (nodes == null || nodes.isEmpty()) {
            return offer.proposals().stream().limit(offer.left()).toList();
        }
        List<Proposal> chosen = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            String name = Objects.requireNonNullElse(nodes.get(i), "null");
            String pointer = "/nodes/" + i;
            Proposal found = offer.proposals().stream()
                    .filter(proposal -> proposal.node().value().equals(name))
                    .findFirst()
                    .orElseThrow(() -> MusterException.invalid(new Fault(
                            pointer,
                            Fault.Kind.BAD_VALUE,
                            "'%s': expected a node that is proposed to be emptied"
                                    .formatted(MusterException.shown(name)),
                            "GET /api/v1/consolidation lists them")));
            if (!chosen.contains(found)) {
                chosen.add(found);
            }
        }
        return chosen;
    }

    private static Consolidation view(Consolidations.Offer offer, List<Proposal> proposals) {
        BigDecimal gain = proposals.stream()
                .map(Proposal::gain)
                .filter(Objects::nonNull)
                .reduce(BigDecimal::add)
                .orElse(null);
        return new Consolidation(
                offer.at(),
                offer.rules().automatic(),
                offer.rules().perHour(),
                offer.left(),
                FragmentationView.money(gain),
                proposals.stream().map(ConsolidationResource::view).toList());
    }

    private static Consolidation.Proposal view(Proposal proposal) {
        return new Consolidation.Proposal(
                proposal.node().value(),
                proposal.pool().value(),
                FragmentationView.money(proposal.gain()),
                Math.round(proposal.cost() / SECONDS * 1000) / 1000.0,
                proposal.moves().stream()
                        .map(move -> {
                            Map<String, Integer> to = new TreeMap<>();
                            move.to().forEach((node, pods) -> to.put(node.value(), pods));
                            return new Consolidation.Move(
                                    move.attempt().job().value(), move.count(), move.wholeGang(), to);
                        })
                        .toList());
    }
}
