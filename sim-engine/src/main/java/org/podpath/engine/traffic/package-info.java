/**
 * What has to move, and the seam to what moves it: models start {@link
 * org.podpath.engine.traffic.Flow}s on an {@link org.podpath.engine.traffic.Engine} and are called
 * when they have arrived. Nothing in here knows how.
 */
package org.podpath.engine.traffic;
