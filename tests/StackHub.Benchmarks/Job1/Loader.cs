using System.Diagnostics;

namespace StackHub.Benchmarks.Job1;

/// <summary>Sends contacts to a hub: as fast as it answers, or at a fixed rate without coordinated omission.</summary>
internal static class Loader
{
    /// <summary>Closed loop; answers how many were taken, and how many of them were different contacts.</summary>
    public static async Task<(int Taken, int Unique)> RunAsync(int connections, TimeSpan time, bool sign)
    {
        var started = Stopwatch.GetTimestamp();
        var run = Environment.ProcessId;
        var taken = await Task.WhenAll(Enumerable.Range(0, connections).Select(connection => Task.Run(async () =>
        {
            using var socket = Contacts.Connect(HubProcess.Port);
            var contacts = new Contacts($"{run}.{started % 100_000}.{connection}", redeliver: true, sign);
            var buffer = new byte[4096];
            var count = 0;
            while (Stopwatch.GetElapsedTime(started) < time)
                if (await Contacts.AskAsync(socket, contacts.Next().Request, buffer))
                    count++;
            return (count, contacts.Unique);
        })));
        return (taken.Sum(each => each.count), taken.Sum(each => each.Unique));
    }

    /// <summary>Open loop: latencies are counted from when a contact was due to be sent.</summary>
    public static async Task<(double[] Acks, (string Email, long Due)[] Sent)> RunAtAsync(int rate, TimeSpan time, bool sign)
    {
        var contacts = new Contacts($"{Environment.ProcessId}.o{Stopwatch.GetTimestamp() % 100_000}", redeliver: false, sign);
        var sockets = new System.Collections.Concurrent.ConcurrentBag<System.Net.Sockets.Socket>();
        var asked = new List<Task<double>>();
        var sent = new List<(string, long)>();
        var started = Stopwatch.GetTimestamp();
        for (var number = 0; number < rate * time.TotalSeconds; number++)
        {
            var due = started + (long)(number * (double)Stopwatch.Frequency / rate);
            while (Stopwatch.GetTimestamp() < due)
                await Task.Delay(1);
            var (request, email) = contacts.Next();
            sent.Add((email, due));
            asked.Add(Task.Run(() => AskAsync(sockets, request, due)));
        }
        var acks = await Task.WhenAll(asked);
        foreach (var socket in sockets)
            socket.Dispose();
        return (acks, [.. sent]);
    }

    private static async Task<double> AskAsync(System.Collections.Concurrent.ConcurrentBag<System.Net.Sockets.Socket> sockets, byte[] request, long due)
    {
        if (!sockets.TryTake(out var socket))
            socket = Contacts.Connect(HubProcess.Port);
        var taken = await Contacts.AskAsync(socket, request, new byte[4096]);
        var milliseconds = Stopwatch.GetElapsedTime(due).TotalMilliseconds;
        sockets.Add(socket);
        return taken ? milliseconds : double.PositiveInfinity;
    }
}
