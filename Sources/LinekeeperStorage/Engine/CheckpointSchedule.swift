/// Decides after each commit who copies the write-ahead log into the database file.
///
/// The log starts over once everything in it has been copied and nobody reads in it. A thread copies
/// beside the writer; but a writer that never pauses keeps adding to the log, so from a size on it
/// copies the last bit itself, most being done by then.
struct CheckpointSchedule {
    /// What is to be done after a commit.
    enum Action: Equatable {
        case nothing
        case copyBeside
        case copyHere
        /// As `copyHere`, and somebody should be told: a reader holds the log, or another program.
        case copyHereAndWarn
    }

    private static let pagesInMiB = (1 << 20) / SQLiteConnection.pageBytes
    /// Between two copies beside the writer.
    static let pagesBetweenCopies = 8 * pagesInMiB
    /// From here on the writer copies.
    static let pagesBeforeCopyHere = 32 * pagesInMiB
    /// Between two tries of the writer.
    static let pagesBetweenTries = 2 * pagesInMiB
    /// The log is too long.
    static let pagesBeforeWarning = 64 * pagesInMiB

    private var pages = 0
    private var nextCopy = CheckpointSchedule.pagesBetweenCopies
    private var nextCopyHere = CheckpointSchedule.pagesBeforeCopyHere
    private var hasWarned = false

    /// - Parameter logPages: pages in the log after the commit; fewer than before when it has
    ///   started over.
    mutating func committed(logPages: Int) -> Action {
        if logPages < pages { self = CheckpointSchedule() }
        pages = logPages
        if pages >= nextCopyHere {
            nextCopyHere = pages + CheckpointSchedule.pagesBetweenTries
            nextCopy = pages + CheckpointSchedule.pagesBetweenCopies
            guard pages >= CheckpointSchedule.pagesBeforeWarning, !hasWarned else {
                return .copyHere
            }
            hasWarned = true
            return .copyHereAndWarn
        }
        guard pages >= nextCopy else { return .nothing }
        nextCopy = pages + CheckpointSchedule.pagesBetweenCopies
        return .copyBeside
    }
}
