package dev.tidegate.server.inference;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;

/** Sound messages with one to four mistakes in each; the same seed makes the same ones. */
final class Damage {
    private static final int MOST_MISTAKES = 4;

    private final Random random;
    private final List<byte[]> sound;

    Damage(long seed, List<byte[]> sound) {
        this.random = new Random(seed);
        this.sound = sound;
    }

    byte[] next() {
        byte[] message = any().clone();
        int mistakes = 1 + random.nextInt(MOST_MISTAKES);
        for (int i = 0; i < mistakes && message.length > 0; i++) {
            message = damaged(message);
        }
        return message;
    }

    private byte[] any() {
        return sound.get(random.nextInt(sound.size()));
    }

    private byte[] damaged(byte[] message) {
        int at = random.nextInt(message.length);
        int length = random.nextInt(Math.min(16, message.length - at) + 1);
        return switch (random.nextInt(7)) {
            case 0 -> flipped(message, at);
            case 1 -> joined(message, at, new byte[0], message.length);
            case 2 -> joined(message, at, noise(1 + random.nextInt(12)), at);
            case 3 -> joined(message, at, new byte[0], at + length);
            case 4 -> joined(message, at, slice(message, at, length), at);
            case 5 -> joined(message, at, hugeNumber(), at + 1);
            default -> spliced(message, at);
        };
    }

    private byte[] flipped(byte[] message, int at) {
        message[at] ^= (byte) (1 << random.nextInt(8));
        return message;
    }

    /** Returns the message up to a place, then something, then the message from a place. */
    private static byte[] joined(byte[] message, int to, byte[] between, int from) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.write(message, 0, to);
        joined.writeBytes(between);
        joined.write(message, from, message.length - from);
        return joined.toByteArray();
    }

    private byte[] spliced(byte[] message, int at) {
        byte[] other = any();
        int from = random.nextInt(other.length);
        return joined(message, at, slice(other, from, other.length - from), message.length);
    }

    private static byte[] slice(byte[] message, int at, int length) {
        return java.util.Arrays.copyOfRange(message, at, at + length);
    }

    private byte[] noise(int length) {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        return noise;
    }

    /** A length or dimension of up to ten bytes. */
    private byte[] hugeNumber() {
        byte[] number = noise(1 + random.nextInt(10));
        for (int i = 0; i < number.length; i++) {
            number[i] |= (byte) 0x80;
        }
        number[number.length - 1] &= 0x7f;
        return number;
    }
}
