package org.podpath.engine.packet;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** A book finds what a queue loses, makes, hides or keeps too long. */
class QueueBookTest {
  private long inside;
  private long dropped;
  private long bytes;
  private final QueueBook book =
      new QueueBook(
          new QueueBook.Word("the queue", () -> inside, () -> dropped, () -> bytes));

  @Test
  void whatComesAndLeavesOrIsDroppedBalances() {
    comes(10);
    comes(20);
    refused(25);
    leaves(40);

    assertThatCode(() -> book.balance(100)).doesNotThrowAnyException();
  }

  @Test
  void aFrameThatIsLostSilentlyIsFoundWhenTheNextOneComes() {
    comes(10);
    inside = 0;

    assertThatThrownBy(() -> book.came(20, 100)).isInstanceOf(AssertionError.class)
        .hasMessage("the queue holds 0 at 20 ps; 1 came, 0 left, 0 were dropped");
  }

  @Test
  void aFrameThatLeavesTwiceIsFound() {
    comes(10);
    leaves(20);

    assertThatThrownBy(() -> book.left(30, 1, 100)).hasMessageContaining("holds 1 at 30 ps");
  }

  @Test
  void aDropThatIsNotCountedIsFound() {
    book.came(10, 100);

    assertThatThrownBy(() -> book.dropped(100))
        .hasMessageContaining("has dropped 0, but 1 were lost");
  }

  /** From 10 to 20 ps one frame was inside, which is 10; but what was dropped has never waited. */
  @Test
  void aFrameThatIsDroppedAfterItHasWaitedBreaksLittlesLaw() {
    comes(10);
    book.balance(20);
    inside = 0;
    bytes = 0;
    dropped = 1;
    book.dropped(100);

    assertThatThrownBy(() -> book.balance(40))
        .hasMessageContaining("breaks Little's law: 10 is not 0");
  }

  @Test
  void bytesOfAnEmptyQueueAreFound() {
    bytes = 1;

    assertThatThrownBy(() -> book.balance(10)).hasMessageContaining("counts 1 bytes");
  }

  private void comes(long nowPs) {
    book.came(nowPs, 100);
    inside++;
    bytes += 100;
  }

  private void refused(long nowPs) {
    book.came(nowPs, 100);
    dropped++;
    book.dropped(100);
  }

  private void leaves(long nowPs) {
    inside--;
    bytes -= 100;
    book.left(nowPs, 1, 100);
  }
}
