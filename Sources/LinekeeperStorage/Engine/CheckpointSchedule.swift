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

    /// Pages of 4 KiB between two copies beside the writer: 8 MiB.
    static let pagesBetweenCopies = 2048
    /// Pages from which on the writer copies: 32 MiB.
    static let pagesBeforeCopyHere = 8192
    /// Pages between two tries of the writer: 2 MiB.
    static let pagesBetweenTries = 512
    /// Pages at which the log is too long: 64 MiB.
    static let pagesBeforeWarning = 16_384

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
