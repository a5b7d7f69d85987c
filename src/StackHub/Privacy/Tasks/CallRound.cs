namespace StackHub.Privacy.Tasks;

/// <summary>
/// Tasks of one system that are due together. Each decides, passes its gate and keeps its evidence for itself; only their calls are made
/// together: whoever comes to one waits until nobody else of the round could still join it.
/// </summary>
/// <param name="room">How many may be taken along so that calls are full.</param>
/// <param name="more">Takes others along, at most as many as it is asked for; none when nobody else is due.</param>
public sealed class CallRound(int room = 0, Func<int, Task<IReadOnlyList<Func<CallRound, Task>>>>? more = null)
{
    private readonly Lock gate = new();
    private readonly List<Group> open = [];
    private readonly List<Task> tasks = [];
    private int running;
    private int room = room;

    /// <summary>One task alone: its calls go out at once.</summary>
    public static Task AloneAsync(Func<CallRound, Task> run) => new CallRound().RunAsync([run]);

    /// <summary>Runs them side by side, to the end of the last; throws what the first to fail threw.</summary>
    public async Task RunAsync(IReadOnlyList<Func<CallRound, Task>> runs)
    {
        Start(runs);
        Task[] all;
        do
        {
            lock (gate)
                all = [.. tasks];
            await Task.WhenAll(all).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        while (all.Length < Count);
        await Task.WhenAll(all);
    }

    /// <param name="what">The same for calls that can be made as one.</param>
    /// <param name="most">How many the vendor takes at once.</param>
    /// <param name="call">Answers in the order of what it is asked.</param>
    public Task<TAnswer> CallAsync<TAsked, TAnswer>(string what, int most, TAsked asked, Func<IReadOnlyList<TAsked>, Task<IReadOnlyList<TAnswer>>> call)
    {
        var seat = new TaskCompletionSource<TAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            var group = open.OfType<Group<TAsked, TAnswer>>().FirstOrDefault(group => group.What == what && group.Missing > 0);
            if (group is null)
                open.Add(group = new(what, most, call));
            group.Seats.Add((asked, seat));
        }
        Pause();
        return seat.Task;
    }

    private int Count
    {
        get
        {
            lock (gate)
                return tasks.Count;
        }
    }

    private void Start(IReadOnlyList<Func<CallRound, Task>> runs)
    {
        Resume(runs.Count);
        Task[] started = [.. runs.Select(RunAsync)];
        lock (gate)
            tasks.AddRange(started);
    }

    private async Task RunAsync(Func<CallRound, Task> run)
    {
        await Task.Yield(); // so that it is known before it ends
        try
        {
            await run(this);
        }
        finally
        {
            Pause();
        }
    }

    /// <summary>One less can still join: the calls go out when it was the last.</summary>
    private void Pause()
    {
        lock (gate)
        {
            if (--running > 0 || open.Count == 0)
                return;
        }
        _ = GoAsync();
    }

    /// <summary>Nothing is thrown here, since each caller gets its own.</summary>
    private async Task GoAsync()
    {
        if (await JoinedAsync())
            return; // they come here in their turn
        Group[] ready;
        lock (gate)
        {
            ready = [.. open];
            open.Clear();
        }
        foreach (var group in ready) // one after the other, as a vendor likes it
            await group.CallAsync(Resume);
    }

    /// <summary>Whether others were taken along, to fill what is not full.</summary>
    private async Task<bool> JoinedAsync()
    {
        int wanted;
        lock (gate)
            wanted = Math.Min(room, open.Where(group => group.IsBatch).Sum(group => group.Missing));
        if (more is null || wanted <= 0)
            return false;
        try
        {
            var joined = await more(wanted);
            lock (gate)
                room -= joined.Count;
            Start(joined);
            return joined.Count > 0;
        }
        catch (Exception e) when (e is not OutOfMemoryException) // those that are here go on without them
        {
            return false;
        }
    }

    private void Resume(int callers)
    {
        lock (gate)
            running += callers;
    }

    private abstract class Group(string what, int most)
    {
        public string What => what;

        public bool IsBatch => most is > 1 and < int.MaxValue;

        public abstract int Missing { get; }

        protected int Most => most;

        public abstract Task CallAsync(Action<int> resume);
    }

    private sealed class Group<TAsked, TAnswer>(string what, int most, Func<IReadOnlyList<TAsked>, Task<IReadOnlyList<TAnswer>>> call) : Group(what, most)
    {
        public List<(TAsked Asked, TaskCompletionSource<TAnswer> Seat)> Seats { get; } = [];

        public override int Missing => Most - Seats.Count;

        public override async Task CallAsync(Action<int> resume)
        {
            try
            {
                var answers = await call([.. Seats.Select(one => one.Asked)]);
                if (answers.Count != Seats.Count)
                    throw new InvalidOperationException($"{Seats.Count} were asked about and {answers.Count} answered.");
                resume(Seats.Count);
                foreach (var (one, answer) in Seats.Zip(answers))
                    one.Seat.SetResult(answer);
            }
            catch (Exception e) // it is each caller's, where it is caught by type
            {
                resume(Seats.Count);
                foreach (var (_, seat) in Seats)
                    seat.SetException(e);
            }
        }
    }
}
