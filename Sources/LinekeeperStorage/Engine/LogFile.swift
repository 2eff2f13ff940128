import Glibc

/// Keeps the write-ahead log's file longer than the log.
///
/// Making durable what lengthens a file takes the disk about twice as long as what overwrites it,
/// since the length and the new blocks must be written, too. So the file grows in large steps, by
/// zeros, which are no frames. Once the log has started over it is overwritten, and nothing grows.
struct LogFile {
    private let path: String
    /// Bytes, when last looked at.
    private var length = 0
    /// Pages in the log, when last asked.
    private var pages = 0

    /// Bytes of a step, written by one commit in some milliseconds.
    static let step = 4 << 20
    /// Short of this the file grows; more than most commits write.
    private static let margin = 256 << 10
    /// A log that begins is let alone: the store may hardly be written to.
    private static let pagesBefore = 256
    /// Before each page in the log stands what it is of.
    private static let frameHeaderBytes = 24

    /// - Parameter path: the log's file.
    init(path: String) { self.path = path }

    /// Lengthens the file if the log will soon reach its end. To be called within a transaction that
    /// writes: nobody else may then.
    ///
    /// - Parameter pages: pages in the log now.
    mutating func makeRoom(pages: Int) {
        let hasStartedOver = pages < self.pages
        self.pages = pages
        let end = pages * (SQLiteConnection.pageBytes + LogFile.frameHeaderBytes)
        guard pages >= LogFile.pagesBefore, hasStartedOver || length - end < LogFile.margin else {
            return
        }
        let file = open(path, O_WRONLY | O_CLOEXEC)
        guard file >= 0 else { return }
        defer { close(file) }
        length = Int(lseek(file, 0, SEEK_END))
        guard length > 0, length - end < LogFile.margin else { return }
        let zeros = [UInt8](repeating: 0, count: LogFile.step)
        let written = zeros.withUnsafeBytes {
            pwrite(file, $0.baseAddress, $0.count, off_t(length))
        }
        if written == zeros.count {
            length += written
        } else {
            // The disk is nearly full: what is left of it is for the log itself.
            ftruncate(file, off_t(length))
        }
    }
}
