package dev.cloze.cli.serve;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code NAME=VALUE} of an option that stands several times, where a map would keep the last of two of one name. */
record NamedValue(String name, String value) {

    static final class Converter implements ITypeConverter<NamedValue> {

        @Override
        public NamedValue convert(String said) {
            int equals = said.indexOf('=');
            if (equals < 0) {
                throw new TypeConversionException("\"" + said + "\" has no name: write NAME=" + said + ".");
            }
            return new NamedValue(said.substring(0, equals), said.substring(equals + 1));
        }
    }
}
