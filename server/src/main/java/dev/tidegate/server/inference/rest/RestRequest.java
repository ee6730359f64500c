package dev.tidegate.server.inference.rest;

/**
 * A request in the form that inference takes.
 *
 * @param wire a ModelInferRequest
 * @param form how to answer
 * @param patience nanoseconds that the body grants; the greatest value when it names none
 */
@SuppressWarnings("ArrayRecordComponent")
record RestRequest(byte[] wire, AnswerForm form, long patience) {}
