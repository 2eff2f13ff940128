/// What may be done with a number, and the refusals that belong to it.
public enum NumberRules {
    /// No such number in this workspace: the same words for one that is somebody else's.
    public static var notFound: DomainError {
        DomainError(
            .numberNotFound,
            "There is no such number in this workspace: list the numbers to see their ids.")
    }
}
