package app;

import lombok.Value;

@Value
public class Author {
    String name;
}
