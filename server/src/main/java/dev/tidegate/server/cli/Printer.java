package dev.tidegate.server.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.Console;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** Prints results on stdout and messages on stderr. */
final class Printer {
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .addModule(
                            new SimpleModule()
                                    .addSerializer(Instant.class, ToStringSerializer.instance))
                    .build();

    private final PrintWriter out;
    private final PrintWriter err;
    private final OutputForm form;

    Printer(PrintWriter out, PrintWriter err, OutputForm form) {
        this.out = out;
        this.err = err;
        this.form = form;
    }

    void print(Document document) {
        print(document, DocumentText::of);
    }

    /** Prints the document, in text as the function writes it. */
    <T> void print(T document, Function<T, String> text) {
        out.println(
                switch (form) {
                    case JSON -> json(document);
                    case TEXT -> text.apply(document);
                });
        out.flush();
    }

    /** Prints something that is no part of the result. */
    void message(String text) {
        err.println(text);
        err.flush();
    }

    /** Returns what shows how far a job is, where messages go. */
    BatchBar bar() {
        return new BatchBar(
                err, Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent());
    }

    boolean isJson() {
        return form == OutputForm.JSON;
    }

    static String json(Object document) {
        try {
            return JSON.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("documents of plain values always have a JSON form", e);
        }
    }
}
