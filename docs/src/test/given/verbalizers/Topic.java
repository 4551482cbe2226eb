public enum Topic {
    WORLD,
    SPORTS
}
