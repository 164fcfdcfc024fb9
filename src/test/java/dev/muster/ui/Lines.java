package dev.muster.ui;

import java.util.List;
import java.util.concurrent.Flow;

/** Keeps every line of a stream. */
record Lines(List<String> heard) implements Flow.Subscriber<String> {
    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
        heard.add(line);
    }

    @Override
    public void onError(Throwable thrown) {
        heard.add("error: " + thrown);
    }

    @Override
    public void onComplete() {
        heard.add("end");
    }
}
