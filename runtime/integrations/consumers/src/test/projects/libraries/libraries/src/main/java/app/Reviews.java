package app;

import org.mapstruct.Mapper;
import org.mapstruct.factory.Mappers;

@Mapper
public interface Reviews {

    Reviews ALL = Mappers.getMapper(Reviews.class);

    Review of(Draft draft);
}
