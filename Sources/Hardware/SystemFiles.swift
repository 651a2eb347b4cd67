import Glibc

/// Where the system says how the machine, and this process, is.
public struct SystemFiles: Sendable {
    /// The folder of /proc.
    var proc = "/proc"
    /// The folder of the control groups, of version 2.
    var groups = "/sys/fs/cgroup"
    /// The bytes of addresses that the process may use; nil for any.
    var addressSpace: @Sendable () -> UInt64? = {
        var limit = rlimit()
        // The largest number stands for no limit.
        let isKnown = getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0
        return isKnown && limit.rlim_cur != .max ? UInt64(limit.rlim_cur) : nil
    }

    /// This machine's.
    public static let machine = SystemFiles()
}
