package dev.muster.volcano.conf;

/** How Volcano's code reads an argument, and what it makes of a value of another form. */
public enum Form {
    /** Something else is logged, and the default is used. */
    WHOLE_NUMBER("a whole number", false),
    NUMBER("a number", false),
    SWITCH("true or false", false),
    TEXT("a text", false),
    LIST("a list", false),
    MAPPING("a mapping", false),
    /** Something else ends the scheduler. */
    WHOLE_NUMBER_OR_END("a whole number", true),
    TEXT_OR_END("a text, in quotes", true),
    TEXTS_OR_END("a list of texts", true),
    LIST_OR_END("a list", true),
    MAPPING_OR_END("a mapping", true);

    private final String word;
    private final boolean deadly;

    Form(String word, boolean deadly) {
        this.word = word;
        this.deadly = deadly;
    }

    public String word() {
        return word;
    }

    /** True where a value of another form ends the scheduler's process, and each later start of it. */
    public boolean isDeadly() {
        return deadly;
    }

    public boolean takes(Item value) {
        return switch (this) {
            case WHOLE_NUMBER -> value.kind() == Item.Kind.WHOLE_NUMBER;
            case NUMBER, WHOLE_NUMBER_OR_END ->
                value.kind() == Item.Kind.WHOLE_NUMBER || value.kind() == Item.Kind.FRACTION;
            case SWITCH ->
                value.kind() == Item.Kind.SWITCH
                        || value.text().matches("t|T|TRUE|true|True|f|F|FALSE|false|False")
                        || value.kind() == Item.Kind.TEXT && value.text().matches("[01]");
            case TEXT, TEXT_OR_END -> value.kind() == Item.Kind.TEXT;
            case LIST, LIST_OR_END -> value.kind() == Item.Kind.LIST;
            case TEXTS_OR_END ->
                value.kind() == Item.Kind.LIST
                        && value.items().stream().allMatch(item -> item.kind() == Item.Kind.TEXT);
            case MAPPING, MAPPING_OR_END -> value.kind() == Item.Kind.MAPPING;
        };
    }
}
