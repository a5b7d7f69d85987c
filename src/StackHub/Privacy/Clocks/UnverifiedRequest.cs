namespace StackHub.Privacy.Clocks;

/// <summary>What may be done with a request whose asker has not shown who they are.</summary>
public enum UnverifiedAdvice
{
    /// <summary>The clock runs or stands; go on asking.</summary>
    Wait,

    /// <summary>The safe date has come: deny it, since it could not be verified.</summary>
    OfferDenial,
}

/// <summary>Waiting for identity pauses few clocks: on the safe date a denial is offered, never made.</summary>
public static class UnverifiedRequest
{
    public static UnverifiedAdvice Advise(ClockRow row, DateTimeOffset now, LawBook book) =>
        row.StandsFor is null && book.Holidays[row.Under.Place].DayOf(now) >= row.Complete.Safe ? UnverifiedAdvice.OfferDenial : UnverifiedAdvice.Wait;
}
