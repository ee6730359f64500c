/** What clients in the field rely on. */
package dev.tidegate.proto;
