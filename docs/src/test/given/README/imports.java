import dev.cloze.annotations.*;
import dev.cloze.runtime.*;
import java.nio.file.Path;
import java.util.Optional;
