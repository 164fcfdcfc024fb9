/** Says hello to whoever is named. */
public final class Hello {
    private Hello() {}

    public static void main(String[] names) {
        System.out.printf("hello, %s%n", String.join(" and ", names));
    }
}
