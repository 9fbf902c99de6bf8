const PAUSE_MS = 1_500;
const MOST_FAILURES = 5; // one after the other: whoever asked may have lost the network for a moment

/**
 * Has deleted what somebody wrote, in a room or everywhere, and resolves when that is done with `{deleted, archived}`. Meanwhile
 * `tell({deleted})` hears how far it is. `wait(ms)` resolves when so much time has passed.
 */
export async function erase({ house, wait }, id, room, tell) {
  let state = await house.erase(id, room);
  let failures = 0;
  while (!state.done) {
    tell(state);
    await wait(PAUSE_MS);
    try {
      state = await house.purge(state.id);
      failures = 0;
    } catch (error) {
      failures += 1;
      if (failures > MOST_FAILURES) throw error;
    }
  }
  return state;
}
