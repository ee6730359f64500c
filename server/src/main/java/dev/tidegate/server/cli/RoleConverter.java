package dev.tidegate.server.cli;

import dev.tidegate.server.identity.Role;
import dev.tidegate.server.platform.error.TidegateException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a role as users write it. */
final class RoleConverter implements ITypeConverter<Role> {
    @Override
    public Role convert(String value) {
        try {
            return Role.of(value);
        } catch (TidegateException e) {
            throw new TypeConversionException(e.text());
        }
    }
}
