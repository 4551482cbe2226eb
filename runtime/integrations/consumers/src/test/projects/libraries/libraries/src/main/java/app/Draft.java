package app;

import lombok.AllArgsConstructor;
import lombok.Getter;

@Getter
@AllArgsConstructor
public class Draft {
    private String text;
    private Author author;
}
