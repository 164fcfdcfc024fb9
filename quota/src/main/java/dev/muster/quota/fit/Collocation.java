package dev.muster.quota.fit;

/** How the pods of a role wish to lie to one another. A wish: a gang that fits otherwise is not kept out by it. */
public enum Collocation {
    /** On the fullest nodes, whoever is there already. */
    NONE,
    /** On as few nodes as hold them, and in one zone. */
    PACK,
    /** On as many nodes as there are, so that one that is lost takes few of them. */
    SPREAD
}
