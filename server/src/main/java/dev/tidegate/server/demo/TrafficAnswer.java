package dev.tidegate.server.demo;

/**
 * What an answer says about itself.
 *
 * @param id the server's id of the prediction
 * @param version the version that answered
 * @param reason why that one
 */
public record TrafficAnswer(String id, String version, String reason) {}
