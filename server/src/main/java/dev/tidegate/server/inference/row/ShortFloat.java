package dev.tidegate.server.inference.row;

/** Floating-point numbers of 16 bits, rounded to nearest, ties to even; a NaN stays one. */
public final class ShortFloat {
    private ShortFloat() {}

    /** Returns the bits of IEEE 754 binary16. */
    public static short fp16(float value) {
        return Float.floatToFloat16(value);
    }

    /** Returns the bits of bfloat16: the upper half of a binary32. */
    public static short bf16(float value) {
        int bits = Float.floatToIntBits(value);
        return Float.isNaN(value)
                ? (short) (bits >>> 16)
                : (short) ((bits + 0x7FFF + ((bits >>> 16) & 1)) >>> 16);
    }

    /** Returns whether the number is finite and binary16 has only an infinity for it. */
    public static boolean overflowsFp16(float value) {
        return Float.isFinite(value) && Float.isInfinite(Float.float16ToFloat(fp16(value)));
    }

    /** Returns whether the number is finite and bfloat16 has only an infinity for it. */
    public static boolean overflowsBf16(float value) {
        return Float.isFinite(value) && Float.isInfinite(Float.intBitsToFloat(bf16(value) << 16));
    }
}
