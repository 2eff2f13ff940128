import Glibc
import Testing

/// A program that a test runs, and which has nothing of ours but its standard files.
///
/// Foundation's `Process` hands the sockets that are open to whatever is started at the same time,
/// and waits for a program until everything that was started alongside has ended too.
struct Child: Sendable {
    let pid: pid_t

    /// Starts a program of the PATH.
    ///
    /// - Parameter output: Where its standard output goes; nowhere if `nil`.
    init(_ arguments: [String], in folder: String, output: Int32? = nil) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        if let output {
            posix_spawn_file_actions_adddup2(&actions, output, 1)
        } else {
            posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        }
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        for descriptor in Int32(3)..<1_024 {
            posix_spawn_file_actions_addclose(&actions, descriptor)
        }
        let command = ["env", "-C", folder] + arguments
        var words: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var pid: pid_t = 0
        try #require(posix_spawnp(&pid, command[0], &actions, nil, &words, environ) == 0)
        self.pid = pid
    }

    /// Waits for the end; true when it went well.
    @discardableResult
    func wait() -> Bool {
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        return status == 0
    }
}
