import Glibc

/// Time for which the processor has worked.
enum ProcessorTime {
    /// For the calling thread; to be compared with a value of the same thread.
    static var ofThread: Duration {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}
